-- One instance of member-standing a member and year (membership.md E.5): the primary key says so on any number of nodes.
-- A year is called by its annual Plenary, which keeps its id when its day moves.
create table standing_year (
    member varchar(64) not null references member (organisation),
    plenary varchar(20) not null references plenary (id),
    case_number varchar(20) not null unique,
    begun_at timestamp with time zone not null,
    primary key (member, plenary)
);
