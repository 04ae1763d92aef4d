"""What the editors of legislation.gov.uk note at provisions, as facts. Pure: words in, values out, in linear time."""

from __future__ import annotations

from crawler.law.appointed import Appointed as Appointed
from crawler.law.appointed import appointed as appointed
from crawler.law.days import Origin as Origin
from crawler.law.default import Default as Default
from crawler.law.default import default_day as default_day
from crawler.law.in_force import ENDED as ENDED
from crawler.law.in_force import ProvisionState as ProvisionState
from crawler.law.in_force import provision_state as provision_state
from crawler.law.links import cited_document as cited_document
from crawler.law.links import mentions as mentions
from crawler.law.links import place_names as place_names
from crawler.law.notes import Note as Note
from crawler.law.notes import read_note as read_note
from crawler.law.own import OwnStep as OwnStep
from crawler.law.own import is_about_commencement as is_about_commencement
from crawler.law.own import own_steps as own_steps
from crawler.law.own import unread_subjects as unread_subjects
from crawler.law.pieces import is_whole as is_whole
from crawler.law.places import place_of as place_of
from crawler.law.scheduled import Source as Source
from crawler.law.standing import AT_LEAST as AT_LEAST
from crawler.law.standing import NOT_APPLICABLE as NOT_APPLICABLE
from crawler.law.standing import LawState as LawState
from crawler.law.standing import differing as differing
from crawler.law.standing import law_state as law_state
from crawler.law.standing import law_state_without_text as law_state_without_text
from crawler.law.steps import AT_THE_LATEST as AT_THE_LATEST
from crawler.law.steps import Step as Step
from crawler.law.steps import Steps as Steps
from crawler.law.steps import StepState as StepState
from crawler.law.steps import bare_path as bare_path
from crawler.law.steps import is_limited as is_limited
from crawler.law.steps import parts_of as parts_of
from crawler.law.steps import step_of as step_of
from crawler.law.taking_part import STATES as STATES
from crawler.law.taking_part import taking_part as taking_part
from crawler.law.union import MEASURES as MEASURES
from crawler.law.union import UnionStep as UnionStep
from crawler.law.union import union_steps as union_steps
from crawler.law.values import Amendment as Amendment
from crawler.law.values import Commencement as Commencement
from crawler.law.values import Instrument as Instrument
from crawler.law.values import Modification as Modification
from crawler.law.values import When as When
