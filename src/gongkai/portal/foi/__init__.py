"""依申请公开 as the public meets it: guide, form, application, tracking, and the calculator of due dates."""
