using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace WebWaka.Transaction.Migrations
{
    /// <inheritdoc />
    public partial class LapseSales : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "parked_payment",
                schema: "transaction",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    payment_id = table.Column<Guid>(type: "uuid", nullable: false),
                    sale_id = table.Column<Guid>(type: "uuid", nullable: false),
                    document = table.Column<string>(type: "jsonb", nullable: false),
                    parked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_parked_payment", x => new { x.tenant_id, x.payment_id });
                });

            migrationBuilder.CreateTable(
                name: "sweep_turn",
                schema: "transaction",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    next_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sweep_turn", x => x.tenant_id);
                });

            // The tenants that are here already; forced row-level security would hide them from the owner.
            migrationBuilder.Sql("ALTER TABLE transaction.settings NO FORCE ROW LEVEL SECURITY");
            migrationBuilder.Sql("INSERT INTO transaction.sweep_turn (tenant_id, next_at) SELECT tenant_id, now() FROM transaction.settings");
            migrationBuilder.Sql("ALTER TABLE transaction.settings FORCE ROW LEVEL SECURITY");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "parked_payment",
                schema: "transaction");

            migrationBuilder.DropTable(
                name: "sweep_turn",
                schema: "transaction");
        }
    }
}
