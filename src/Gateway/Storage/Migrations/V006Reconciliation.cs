using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Ecert.Gateway.Storage.Migrations;

/// <summary>The tables of reconciliation.</summary>
[DbContext(typeof(GatewayDb))]
[Migration("V006_Reconciliation")]
internal sealed class V006Reconciliation : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        Statement(migrationBuilder);
        Difference(migrationBuilder);
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropTable("difference");
        migrationBuilder.DropTable("statement");
    }

    private static void Statement(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "statement",
            columns: table => new
            {
                Day = table.Column<DateOnly>(nullable: false),
                Kind = table.Column<string>(maxLength: 40, nullable: false),
                Code = table.Column<string>(maxLength: 20, nullable: false),
                OurCount = table.Column<long>(nullable: false),
                OurAmountFen = table.Column<long>(nullable: false),
                OurRefundCount = table.Column<long>(nullable: false),
                OurRefundFen = table.Column<long>(nullable: false),
                TheirCount = table.Column<long>(nullable: false),
                TheirAmountFen = table.Column<long>(nullable: false),
                TheirRefundCount = table.Column<long>(nullable: false),
                TheirRefundFen = table.Column<long>(nullable: false),
                DifferenceCount = table.Column<long>(nullable: false),
                ComparedAt = table.Column<long>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_statement", row => new { row.Day, row.Kind, row.Code }));
    }

    private static void Difference(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "difference",
            columns: table => new
            {
                Id = table.Column<string>(maxLength: 26, nullable: false),
                Day = table.Column<DateOnly>(nullable: false),
                CounterpartKind = table.Column<string>(maxLength: 40, nullable: false),
                Code = table.Column<string>(maxLength: 20, nullable: false),
                Kind = table.Column<string>(maxLength: 40, nullable: false),
                OurNumber = table.Column<string>(maxLength: 64, nullable: false),
                TheirNumber = table.Column<string>(maxLength: 64, nullable: false),
                OurAmountFen = table.Column<long>(nullable: false),
                TheirAmountFen = table.Column<long>(nullable: false),
                OurState = table.Column<string>(maxLength: 40, nullable: false),
                TheirState = table.Column<string>(maxLength: 40, nullable: false),
                FoundAt = table.Column<long>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_difference", row => row.Id));
        migrationBuilder.CreateIndex("IX_difference_Day_CounterpartKind_Code", "difference",
            ["Day", "CounterpartKind", "Code"]);
    }
}
