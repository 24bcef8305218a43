"""Questions and answers as a workbook (.xlsx), and a filled workbook back as changes of a status file.

Comes in: questions and answers, or the bytes of a workbook. Goes out: the bytes of a workbook, or changes, each with
its cell. Nothing here knows where files are.
"""
