using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace WebWaka.Transaction.Migrations
{
    /// <inheritdoc />
    public partial class CustomerGroups : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string[]>(
                name: "groups",
                schema: "transaction",
                table: "customer",
                type: "text[]",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.AddColumn<long>(
                name: "groups_version",
                schema: "transaction",
                table: "customer",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "groups",
                schema: "transaction",
                table: "customer");

            migrationBuilder.DropColumn(
                name: "groups_version",
                schema: "transaction",
                table: "customer");
        }
    }
}
