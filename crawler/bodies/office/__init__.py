"""Office files into headed sections: text documents (DOCX, ODT) and workbooks (XLSX, ODS).

    package    the ZIP file around it, opened with limits; its XML, read without entities
    flow       paragraphs, headings and notes in order, however a format writes them
    docx, odt  text documents
    xlsx, ods  workbooks: one section for each sheet

Readers of our own, because those of others run out of memory or die on files that anybody can write: python-calamine
aborts the whole process on two cells in opposite corners of a sheet. Comments, deleted text, headers, footers, lists of
contents, pictures and hidden parts are not read: readers do not see them, or they move without anybody editing them.
"""
