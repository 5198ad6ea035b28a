-- Nodes that start together make accounts, grants and lists one after the other: each locks this row while it does.
create table start_lock (
    id integer primary key
);

insert into start_lock (id) values (1);
