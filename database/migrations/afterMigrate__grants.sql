-- What the application's role may do, granted anew after each migration. It owns nothing, deletes no order, and never
-- changes an event.
GRANT USAGE ON SCHEMA ${flyway:defaultSchema} TO "${app_role}";
GRANT SELECT, INSERT, UPDATE ON orders TO "${app_role}";
GRANT SELECT, INSERT, DELETE ON order_items TO "${app_role}";
GRANT SELECT, INSERT ON order_events TO "${app_role}";
GRANT SELECT, INSERT, DELETE, UPDATE ON idempotency_keys TO "${app_role}";
GRANT SELECT ON order_rows_1, flyway_schema_history TO "${app_role}";
ALTER ROLE "${app_role}" SET statement_timeout = '10s';
ALTER ROLE "${app_role}" SET idle_in_transaction_session_timeout = '10s';
