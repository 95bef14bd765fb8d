using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace WebWaka.Transaction.Migrations
{
    /// <inheritdoc />
    public partial class SaleDocumentAsText : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AlterColumn<string>(
                name: "document",
                schema: "transaction",
                table: "sale",
                type: "text",
                nullable: false,
                oldClrType: typeof(string),
                oldType: "jsonb");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AlterColumn<string>(
                name: "document",
                schema: "transaction",
                table: "sale",
                type: "jsonb",
                nullable: false,
                oldClrType: typeof(string),
                oldType: "text");
        }
    }
}
