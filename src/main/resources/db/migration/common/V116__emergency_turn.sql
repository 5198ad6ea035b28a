-- Whoever declares an emergency waits for whoever declares one in the same moment (remedy.md E23): one line, locked for it.
create table emergency_turn (
    id integer primary key
);

insert into emergency_turn (id) values (1);
