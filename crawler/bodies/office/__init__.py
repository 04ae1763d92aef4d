"""Office files into headed sections: text documents (DOCX, DOC, ODT), presentations (PPTX), workbooks (XLSX, ODS).

    package    the ZIP file around it, opened with limits; its XML, read without entities
    flow       paragraphs, headings and notes in order, however a format writes them
    docx, odt  text documents
    doc        old ones of Word, made into DOCX by a package of others
    pptx       presentations: a section for each slide
    xlsx, ods  workbooks: one section for each sheet

Readers of our own but for DOC, because those of others run out of memory or die on files that anybody can write:
python-calamine aborts the whole process on two cells in opposite corners of a sheet. Comments, deleted text, headers,
footers, lists of contents, pictures and hidden parts are not read: readers do not see them, or they move without
anybody editing them.
"""
