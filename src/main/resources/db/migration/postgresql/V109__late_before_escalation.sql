-- What is late already when escalation comes into a database in use counts as told (remedy.md B.9): else its first minute sends
-- a letter for each such task, and nobody reads hundreds. They stand in the list Overdue. A due date that is moved counts anew.
insert into task_reminder (task, kind, due_at, told_at)
select id_, 'ESCALATION', due_date_ at time zone 'UTC', current_timestamp
from act_ru_task
where due_date_ < current_timestamp at time zone 'UTC'
  and not exists (select 1 from task_reminder where kind = 'ESCALATION');
