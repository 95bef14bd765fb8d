using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace WebWaka.Promotions.Migrations
{
    /// <inheritdoc />
    public partial class Simulations : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "loyalty_programme",
                schema: "promotions",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    document = table.Column<string>(type: "text", nullable: false),
                    archived = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_loyalty_programme", x => x.tenant_id);
                });

            migrationBuilder.CreateTable(
                name: "past_sale",
                schema: "promotions",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    sale_id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    document = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_past_sale", x => new { x.tenant_id, x.sale_id });
                });

            migrationBuilder.CreateTable(
                name: "product",
                schema: "promotions",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    category = table.Column<string>(type: "text", nullable: true),
                    brand = table.Column<string>(type: "text", nullable: true),
                    tags = table.Column<string[]>(type: "text[]", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_product", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "store",
                schema: "promotions",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    time_zone = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_store", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateIndex(
                name: "ix_redemption_tenant_id_promotion_id_at",
                schema: "promotions",
                table: "redemption",
                columns: new[] { "tenant_id", "promotion_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_past_sale_tenant_id_at_sale_id",
                schema: "promotions",
                table: "past_sale",
                columns: new[] { "tenant_id", "at", "sale_id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "loyalty_programme",
                schema: "promotions");

            migrationBuilder.DropTable(
                name: "past_sale",
                schema: "promotions");

            migrationBuilder.DropTable(
                name: "product",
                schema: "promotions");

            migrationBuilder.DropTable(
                name: "store",
                schema: "promotions");

            migrationBuilder.DropIndex(
                name: "ix_redemption_tenant_id_promotion_id_at",
                schema: "promotions",
                table: "redemption");
        }
    }
}
