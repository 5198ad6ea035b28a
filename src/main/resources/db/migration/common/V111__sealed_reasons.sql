-- Why something was held, reopened or erased is sealed under a key of the house: letters of the seal take more room.
alter table vault_hold alter column reason set data type varchar(4000);
alter table vault_hold_change alter column reason set data type varchar(4000);
alter table vault_reopening alter column reason set data type varchar(4000);
alter table vault_erasure alter column reason set data type varchar(4000);
