-- The yardstick: a sale's write model with forced row-level security, as small as it can honestly be. 100 tenants with 100 products each.
DROP SCHEMA IF EXISTS limit_pos CASCADE;
CREATE SCHEMA limit_pos;
DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'limit_app') THEN CREATE ROLE limit_app LOGIN PASSWORD 'limit'; END IF; END $$;
SET search_path = limit_pos;
CREATE TABLE stock (tenant_id int NOT NULL, product_id int NOT NULL, on_hand bigint NOT NULL CHECK (on_hand >= 0), version bigint NOT NULL DEFAULT 0, PRIMARY KEY (tenant_id, product_id)) WITH (fillfactor = 50);
CREATE TABLE sale (tenant_id int NOT NULL, sale_id uuid NOT NULL, store_id int NOT NULL, till_id int NOT NULL, receipt_no text NOT NULL, currency char(3) NOT NULL, subtotal_minor bigint NOT NULL,
    discount_minor bigint NOT NULL, tax_minor bigint NOT NULL, total_minor bigint NOT NULL, sold_at timestamptz NOT NULL, created_at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (tenant_id, sale_id));
CREATE INDEX sale_tenant_time ON sale (tenant_id, sold_at);
CREATE TABLE sale_line (tenant_id int NOT NULL, sale_id uuid NOT NULL, line_no smallint NOT NULL, product_id int NOT NULL, qty int NOT NULL, unit_price_minor bigint NOT NULL, discount_minor bigint NOT NULL,
    tax_minor bigint NOT NULL, total_minor bigint NOT NULL, PRIMARY KEY (tenant_id, sale_id, line_no), FOREIGN KEY (tenant_id, sale_id) REFERENCES sale);
CREATE TABLE payment (tenant_id int NOT NULL, sale_id uuid NOT NULL, payment_no smallint NOT NULL, method text NOT NULL, amount_minor bigint NOT NULL, reference text, PRIMARY KEY (tenant_id, sale_id, payment_no),
    FOREIGN KEY (tenant_id, sale_id) REFERENCES sale);
CREATE TABLE idempotency (tenant_id int NOT NULL, idem_key text NOT NULL, sale_id uuid NOT NULL, created_at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (tenant_id, idem_key));
CREATE TABLE outbox (id bigserial PRIMARY KEY, tenant_id int NOT NULL, event_type text NOT NULL, aggregate_id uuid NOT NULL, payload jsonb NOT NULL, created_at timestamptz NOT NULL DEFAULT now());
INSERT INTO stock SELECT t, p, 1000000000, 0 FROM generate_series(1, 100) t, generate_series(1, 100) p;
DO $$ DECLARE t text; BEGIN
    FOREACH t IN ARRAY ARRAY['stock', 'sale', 'sale_line', 'payment', 'idempotency', 'outbox'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
        EXECUTE format('CREATE POLICY tenant ON %I USING (tenant_id = current_setting(''app.tenant_id'', true)::int) WITH CHECK (tenant_id = current_setting(''app.tenant_id'', true)::int)', t);
    END LOOP;
END $$;
GRANT USAGE ON SCHEMA limit_pos TO limit_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA limit_pos TO limit_app;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA limit_pos TO limit_app;
RESET search_path;
