using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace WebWaka.Transaction.Migrations
{
    /// <inheritdoc />
    public partial class Claims : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "claim",
                schema: "transaction",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    sale_id = table.Column<Guid>(type: "uuid", nullable: false),
                    promotion_id = table.Column<Guid>(type: "uuid", nullable: false),
                    counter = table.Column<string>(type: "text", nullable: false),
                    coupon = table.Column<string>(type: "text", nullable: true),
                    count = table.Column<long>(type: "bigint", nullable: false),
                    returns = table.Column<string>(type: "text", nullable: false),
                    lease_id = table.Column<Guid>(type: "uuid", nullable: true),
                    released_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_claim", x => new { x.tenant_id, x.sale_id, x.promotion_id, x.counter });
                });

            migrationBuilder.CreateTable(
                name: "claim_exception",
                schema: "transaction",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    sale_id = table.Column<Guid>(type: "uuid", nullable: false),
                    promotion_id = table.Column<Guid>(type: "uuid", nullable: false),
                    counter = table.Column<string>(type: "text", nullable: false),
                    lease_id = table.Column<Guid>(type: "uuid", nullable: false),
                    count = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_claim_exception", x => new { x.tenant_id, x.sale_id, x.promotion_id, x.counter });
                });

            migrationBuilder.CreateTable(
                name: "customer",
                schema: "transaction",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    purchases = table.Column<long>(type: "bigint", nullable: false),
                    points = table.Column<long>(type: "bigint", nullable: false),
                    points_expire_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_customer", x => new { x.tenant_id, x.customer_id });
                });

            migrationBuilder.CreateTable(
                name: "lease",
                schema: "transaction",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    till_id = table.Column<Guid>(type: "uuid", nullable: false),
                    promotion_id = table.Column<Guid>(type: "uuid", nullable: false),
                    counter = table.Column<string>(type: "text", nullable: false),
                    coupon = table.Column<string>(type: "text", nullable: true),
                    uses = table.Column<long>(type: "bigint", nullable: false),
                    used = table.Column<long>(type: "bigint", nullable: false),
                    leased_by = table.Column<Guid>(type: "uuid", nullable: false),
                    leased_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_lease", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "loyalty_entry",
                schema: "transaction",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    source_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    points = table.Column<long>(type: "bigint", nullable: false),
                    balance = table.Column<long>(type: "bigint", nullable: false),
                    sale_id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_loyalty_entry", x => new { x.tenant_id, x.customer_id, x.source_id, x.kind });
                });

            migrationBuilder.CreateTable(
                name: "loyalty_programme",
                schema: "transaction",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    document = table.Column<string>(type: "text", nullable: false),
                    expires_after_days = table.Column<int>(type: "integer", nullable: true),
                    archived = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_loyalty_programme", x => x.tenant_id);
                });

            migrationBuilder.CreateTable(
                name: "promotion_usage",
                schema: "transaction",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    promotion_id = table.Column<Guid>(type: "uuid", nullable: false),
                    counter = table.Column<string>(type: "text", nullable: false),
                    used = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_promotion_usage", x => new { x.tenant_id, x.promotion_id, x.counter });
                });

            migrationBuilder.CreateIndex(
                name: "ix_claim_exception_tenant_id_at",
                schema: "transaction",
                table: "claim_exception",
                columns: new[] { "tenant_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_lease_tenant_id_expires_at",
                schema: "transaction",
                table: "lease",
                columns: new[] { "tenant_id", "expires_at" },
                filter: "closed_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_loyalty_entry_tenant_id_customer_id_at",
                schema: "transaction",
                table: "loyalty_entry",
                columns: new[] { "tenant_id", "customer_id", "at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "claim",
                schema: "transaction");

            migrationBuilder.DropTable(
                name: "claim_exception",
                schema: "transaction");

            migrationBuilder.DropTable(
                name: "customer",
                schema: "transaction");

            migrationBuilder.DropTable(
                name: "lease",
                schema: "transaction");

            migrationBuilder.DropTable(
                name: "loyalty_entry",
                schema: "transaction");

            migrationBuilder.DropTable(
                name: "loyalty_programme",
                schema: "transaction");

            migrationBuilder.DropTable(
                name: "promotion_usage",
                schema: "transaction");
        }
    }
}
