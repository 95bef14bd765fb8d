using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace WebWaka.Payments.Migrations
{
    /// <inheritdoc />
    public partial class DedicatedAccounts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "dedicated_account_id",
                schema: "payments",
                table: "payment",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "dedicated_account",
                schema: "payments",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    label = table.Column<string>(type: "text", nullable: false),
                    account = table.Column<string>(type: "text", nullable: false),
                    paystack_id = table.Column<decimal>(type: "numeric(20,0)", nullable: false),
                    account_number = table.Column<string>(type: "text", nullable: false),
                    account_name = table.Column<string>(type: "text", nullable: false),
                    bank = table.Column<string>(type: "text", nullable: false),
                    currency = table.Column<string>(type: "text", nullable: false),
                    active = table.Column<bool>(type: "boolean", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_dedicated_account", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateIndex(
                name: "ix_payment_tenant_id_dedicated_account_id",
                schema: "payments",
                table: "payment",
                columns: new[] { "tenant_id", "dedicated_account_id" },
                unique: true,
                filter: "dedicated_account_id IS NOT NULL AND state IN ('initiated', 'unknown')");

            migrationBuilder.CreateIndex(
                name: "ix_payment_tenant_id_dedicated_account_id_created_at",
                schema: "payments",
                table: "payment",
                columns: new[] { "tenant_id", "dedicated_account_id", "created_at" },
                filter: "dedicated_account_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_dedicated_account_tenant_id_account_number",
                schema: "payments",
                table: "dedicated_account",
                columns: new[] { "tenant_id", "account_number" },
                unique: true,
                filter: "active");

            migrationBuilder.AddForeignKey(
                name: "fk_payment_dedicated_account_tenant_id_dedicated_account_id",
                schema: "payments",
                table: "payment",
                columns: new[] { "tenant_id", "dedicated_account_id" },
                principalSchema: "payments",
                principalTable: "dedicated_account",
                principalColumns: new[] { "tenant_id", "id" },
                onDelete: ReferentialAction.Restrict);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_payment_dedicated_account_tenant_id_dedicated_account_id",
                schema: "payments",
                table: "payment");

            migrationBuilder.DropTable(
                name: "dedicated_account",
                schema: "payments");

            migrationBuilder.DropIndex(
                name: "ix_payment_tenant_id_dedicated_account_id",
                schema: "payments",
                table: "payment");

            migrationBuilder.DropIndex(
                name: "ix_payment_tenant_id_dedicated_account_id_created_at",
                schema: "payments",
                table: "payment");

            migrationBuilder.DropColumn(
                name: "dedicated_account_id",
                schema: "payments",
                table: "payment");
        }
    }
}
