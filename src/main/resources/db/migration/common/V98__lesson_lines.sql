-- What was learned in a case while it ran (remedy.md A.6): step, kind and day; the text stays sealed, only its reference is here.
create table lesson_line (
    line varchar(255) primary key,
    case_number varchar(64) not null,
    step varchar(64) not null,
    kind varchar(40) not null,
    noted_at timestamp with time zone not null,
    note varchar(64)
);

create index lesson_line_case on lesson_line (case_number);
