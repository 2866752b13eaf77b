-- The permissions of the application's role, granted again after each migration. The role owns nothing, can't delete
-- orders, and can't change events or the event log.
GRANT USAGE ON SCHEMA public TO "${app_role}";
GRANT SELECT, INSERT, UPDATE ON orders TO "${app_role}";
GRANT SELECT, INSERT, UPDATE, DELETE ON order_items TO "${app_role}";
GRANT SELECT, INSERT, UPDATE ON transactions TO "${app_role}";
GRANT SELECT, INSERT, UPDATE ON fulfillments TO "${app_role}";
GRANT SELECT, INSERT ON cancellations TO "${app_role}";
GRANT SELECT, INSERT, UPDATE ON returns TO "${app_role}";
GRANT SELECT, INSERT ON order_events TO "${app_role}";
GRANT SELECT, INSERT, DELETE ON outbox TO "${app_role}";
GRANT SELECT, INSERT ON event_log TO "${app_role}";
GRANT SELECT, INSERT, UPDATE ON feeds TO "${app_role}";
GRANT SELECT, INSERT, DELETE, UPDATE ON idempotency_keys TO "${app_role}";
GRANT SELECT ON flyway_schema_history TO "${app_role}";

DO $$
DECLARE
  v_function regprocedure;
BEGIN
  FOR v_function IN SELECT f.oid FROM pg_proc f
                     WHERE f.pronamespace = 'public'::regnamespace AND f.proname ~ '_[0-9]+$'
                       AND pg_get_userbyid(f.proowner) = current_user LOOP
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', v_function);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO "${app_role}"', v_function);
  END LOOP;
END
$$;

-- From PostgreSQL 16 on, only the role that created a role, and administrators, may set its timeouts. Readiness checks the
-- timeouts that are in force.
DO $$
BEGIN
  ALTER ROLE "${app_role}" SET statement_timeout = '10s';
  ALTER ROLE "${app_role}" SET idle_in_transaction_session_timeout = '10s';
EXCEPTION WHEN insufficient_privilege THEN
  RAISE WARNING 'Role ${app_role} was made by another role, which keeps its timeouts. Set them with the connection: '
    'append options=-c%%20statement_timeout=10s%%20-c%%20idle_in_transaction_session_timeout=10s to the DB_URL of the API.';
END
$$;
