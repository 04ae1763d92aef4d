"""The site as files: every page that links lead to, made by the site itself and linked for a server of files."""
