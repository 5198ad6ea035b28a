-- What was told about which task (remedy.md A.7, B.9): once for each due date, so a moved date is told anew.
create table task_reminder (
    task varchar(64) not null,
    kind varchar(16) not null,
    due_at timestamp with time zone not null,
    told_at timestamp with time zone not null,
    primary key (task, kind, due_at)
);
