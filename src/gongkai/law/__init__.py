"""The Regulation on Open Government Information (政府信息公开条例) as pure functions.

Nothing here knows Django, a database, a file or today's date: what a rule needs is passed in, so that every
answer can be repeated later and checked by a lawyer. 条例 means State Council Order 711, in force 2019-05-15.
"""
