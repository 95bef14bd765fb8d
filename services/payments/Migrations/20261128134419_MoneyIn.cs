using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace WebWaka.Payments.Migrations
{
    /// <inheritdoc />
    public partial class MoneyIn : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_webhook_event_event_data_id",
                schema: "payments",
                table: "webhook_event");

            migrationBuilder.AddColumn<string>(
                name: "domain",
                schema: "payments",
                table: "webhook_event",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "done_at",
                schema: "payments",
                table: "webhook_event",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "door",
                schema: "payments",
                table: "webhook_event",
                type: "uuid",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"));

            migrationBuilder.AddColumn<Guid>(
                name: "tenant_id",
                schema: "payments",
                table: "webhook_event",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "terminal_id",
                schema: "payments",
                table: "webhook_event",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "attempt",
                schema: "payments",
                table: "refund_request",
                type: "integer",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.AddColumn<Guid>(
                name: "settlement_id",
                schema: "payments",
                table: "refund_request",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "terminal_id",
                schema: "payments",
                table: "payment_reference",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "unknown_since",
                schema: "payments",
                table: "payment_reference",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "account",
                schema: "payments",
                table: "payment",
                type: "text",
                nullable: false,
                defaultValue: "platform");

            migrationBuilder.AddColumn<bool>(
                name: "customer_pays_fees",
                schema: "payments",
                table: "payment",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "delivered_at",
                schema: "payments",
                table: "payment",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "fee",
                schema: "payments",
                table: "payment",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "not_applied",
                schema: "payments",
                table: "payment",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "notice",
                schema: "payments",
                table: "payment",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "push_id",
                schema: "payments",
                table: "payment",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "received",
                schema: "payments",
                table: "payment",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "received_currency",
                schema: "payments",
                table: "payment",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "request_code",
                schema: "payments",
                table: "payment",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<decimal>(
                name: "request_id",
                schema: "payments",
                table: "payment",
                type: "numeric(20,0)",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "settlement_id",
                schema: "payments",
                table: "payment",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "terminal_id",
                schema: "payments",
                table: "payment",
                type: "text",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "dispute",
                schema: "payments",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    paystack_id = table.Column<decimal>(type: "numeric(20,0)", nullable: false),
                    payment_id = table.Column<Guid>(type: "uuid", nullable: false),
                    sale_id = table.Column<Guid>(type: "uuid", nullable: false),
                    amount = table.Column<long>(type: "bigint", nullable: false),
                    currency = table.Column<string>(type: "text", nullable: false),
                    status = table.Column<string>(type: "text", nullable: false),
                    resolution = table.Column<string>(type: "text", nullable: true),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    opened_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    resolved_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    next_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    settlement_id = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_dispute", x => new { x.tenant_id, x.id });
                    table.ForeignKey(
                        name: "fk_dispute_payment_tenant_id_payment_id",
                        columns: x => new { x.tenant_id, x.payment_id },
                        principalSchema: "payments",
                        principalTable: "payment",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "paystack_account",
                schema: "payments",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    sealed_key = table.Column<byte[]>(type: "bytea", nullable: true),
                    previous_key = table.Column<byte[]>(type: "bytea", nullable: true),
                    rotated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    subaccount_code = table.Column<string>(type: "text", nullable: true),
                    split_code = table.Column<string>(type: "text", nullable: true),
                    customer_pays_fees = table.Column<bool>(type: "boolean", nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_paystack_account", x => x.tenant_id);
                });

            migrationBuilder.CreateTable(
                name: "paystack_door",
                schema: "payments",
                columns: table => new
                {
                    slug = table.Column<string>(type: "text", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    next_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_paystack_door", x => x.slug);
                });

            migrationBuilder.CreateTable(
                name: "settlement",
                schema: "payments",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    paystack_id = table.Column<decimal>(type: "numeric(20,0)", nullable: false),
                    currency = table.Column<string>(type: "text", nullable: false),
                    gross = table.Column<long>(type: "bigint", nullable: false),
                    fees = table.Column<long>(type: "bigint", nullable: false),
                    net = table.Column<long>(type: "bigint", nullable: false),
                    transactions = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    booked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_settlement", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "settlement_exception",
                schema: "payments",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    settlement_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    reference = table.Column<string>(type: "text", nullable: true),
                    payment_id = table.Column<Guid>(type: "uuid", nullable: true),
                    expected = table.Column<long>(type: "bigint", nullable: false),
                    found = table.Column<long>(type: "bigint", nullable: false),
                    currency = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    resolved_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    resolved_by = table.Column<Guid>(type: "uuid", nullable: true),
                    note = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_settlement_exception", x => new { x.tenant_id, x.id });
                    table.ForeignKey(
                        name: "fk_settlement_exception_settlement_tenant_id_settlement_id",
                        columns: x => new { x.tenant_id, x.settlement_id },
                        principalSchema: "payments",
                        principalTable: "settlement",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_webhook_event_door_domain_event_data_id",
                schema: "payments",
                table: "webhook_event",
                columns: new[] { "door", "domain", "event", "data_id" },
                unique: true,
                filter: "event NOT LIKE 'refund.%'");

            migrationBuilder.CreateIndex(
                name: "ix_webhook_event_reference",
                schema: "payments",
                table: "webhook_event",
                column: "reference",
                filter: "state = 'orphan'");

            migrationBuilder.CreateIndex(
                name: "ix_webhook_event_tenant_id_id",
                schema: "payments",
                table: "webhook_event",
                columns: new[] { "tenant_id", "id" },
                filter: "tenant_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_payment_reference_terminal_id",
                schema: "payments",
                table: "payment_reference",
                column: "terminal_id",
                filter: "terminal_id IS NOT NULL AND check_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_payment_reference_unknown_since",
                schema: "payments",
                table: "payment_reference",
                column: "unknown_since",
                filter: "unknown_since IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_payment_tenant_id_transaction_id",
                schema: "payments",
                table: "payment",
                columns: new[] { "tenant_id", "transaction_id" },
                unique: true,
                filter: "transaction_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_dispute_tenant_id_payment_id",
                schema: "payments",
                table: "dispute",
                columns: new[] { "tenant_id", "payment_id" });

            migrationBuilder.CreateIndex(
                name: "ix_dispute_tenant_id_paystack_id",
                schema: "payments",
                table: "dispute",
                columns: new[] { "tenant_id", "paystack_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_paystack_door_next_at",
                schema: "payments",
                table: "paystack_door",
                column: "next_at");

            migrationBuilder.CreateIndex(
                name: "ix_settlement_tenant_id_paystack_id",
                schema: "payments",
                table: "settlement",
                columns: new[] { "tenant_id", "paystack_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_settlement_exception_tenant_id_settlement_id",
                schema: "payments",
                table: "settlement_exception",
                columns: new[] { "tenant_id", "settlement_id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "dispute",
                schema: "payments");

            migrationBuilder.DropTable(
                name: "paystack_account",
                schema: "payments");

            migrationBuilder.DropTable(
                name: "paystack_door",
                schema: "payments");

            migrationBuilder.DropTable(
                name: "settlement_exception",
                schema: "payments");

            migrationBuilder.DropTable(
                name: "settlement",
                schema: "payments");

            migrationBuilder.DropIndex(
                name: "ix_webhook_event_door_domain_event_data_id",
                schema: "payments",
                table: "webhook_event");

            migrationBuilder.DropIndex(
                name: "ix_webhook_event_reference",
                schema: "payments",
                table: "webhook_event");

            migrationBuilder.DropIndex(
                name: "ix_webhook_event_tenant_id_id",
                schema: "payments",
                table: "webhook_event");

            migrationBuilder.DropIndex(
                name: "ix_payment_reference_terminal_id",
                schema: "payments",
                table: "payment_reference");

            migrationBuilder.DropIndex(
                name: "ix_payment_reference_unknown_since",
                schema: "payments",
                table: "payment_reference");

            migrationBuilder.DropIndex(
                name: "ix_payment_tenant_id_transaction_id",
                schema: "payments",
                table: "payment");

            migrationBuilder.DropColumn(
                name: "domain",
                schema: "payments",
                table: "webhook_event");

            migrationBuilder.DropColumn(
                name: "done_at",
                schema: "payments",
                table: "webhook_event");

            migrationBuilder.DropColumn(
                name: "door",
                schema: "payments",
                table: "webhook_event");

            migrationBuilder.DropColumn(
                name: "tenant_id",
                schema: "payments",
                table: "webhook_event");

            migrationBuilder.DropColumn(
                name: "terminal_id",
                schema: "payments",
                table: "webhook_event");

            migrationBuilder.DropColumn(
                name: "attempt",
                schema: "payments",
                table: "refund_request");

            migrationBuilder.DropColumn(
                name: "settlement_id",
                schema: "payments",
                table: "refund_request");

            migrationBuilder.DropColumn(
                name: "terminal_id",
                schema: "payments",
                table: "payment_reference");

            migrationBuilder.DropColumn(
                name: "unknown_since",
                schema: "payments",
                table: "payment_reference");

            migrationBuilder.DropColumn(
                name: "account",
                schema: "payments",
                table: "payment");

            migrationBuilder.DropColumn(
                name: "customer_pays_fees",
                schema: "payments",
                table: "payment");

            migrationBuilder.DropColumn(
                name: "delivered_at",
                schema: "payments",
                table: "payment");

            migrationBuilder.DropColumn(
                name: "fee",
                schema: "payments",
                table: "payment");

            migrationBuilder.DropColumn(
                name: "not_applied",
                schema: "payments",
                table: "payment");

            migrationBuilder.DropColumn(
                name: "notice",
                schema: "payments",
                table: "payment");

            migrationBuilder.DropColumn(
                name: "push_id",
                schema: "payments",
                table: "payment");

            migrationBuilder.DropColumn(
                name: "received",
                schema: "payments",
                table: "payment");

            migrationBuilder.DropColumn(
                name: "received_currency",
                schema: "payments",
                table: "payment");

            migrationBuilder.DropColumn(
                name: "request_code",
                schema: "payments",
                table: "payment");

            migrationBuilder.DropColumn(
                name: "request_id",
                schema: "payments",
                table: "payment");

            migrationBuilder.DropColumn(
                name: "settlement_id",
                schema: "payments",
                table: "payment");

            migrationBuilder.DropColumn(
                name: "terminal_id",
                schema: "payments",
                table: "payment");

            migrationBuilder.CreateIndex(
                name: "ix_webhook_event_event_data_id",
                schema: "payments",
                table: "webhook_event",
                columns: new[] { "event", "data_id" },
                unique: true,
                filter: "event NOT LIKE 'refund.%'");
        }
    }
}
