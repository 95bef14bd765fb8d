using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace WebWaka.Transaction.Migrations
{
    /// <inheritdoc />
    public partial class SaleVoids : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "sale_void",
                schema: "transaction",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    sale_id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    document = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sale_void", x => new { x.tenant_id, x.sale_id });
                    table.ForeignKey(
                        name: "fk_sale_void_sale_tenant_id_sale_id",
                        columns: x => new { x.tenant_id, x.sale_id },
                        principalSchema: "transaction",
                        principalTable: "sale",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "sale_void",
                schema: "transaction");
        }
    }
}
