-- what a script raises is text like any other
DO $$ BEGIN RAISE EXCEPTION E'| \x1b[31m ::error::x \n##[error] @everyone <b>' ; END $$;
