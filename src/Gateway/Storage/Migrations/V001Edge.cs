using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Ecert.Gateway.Storage.Migrations;

/// <summary>The tables of edge.</summary>
[DbContext(typeof(GatewayDb))]
[Migration("V001_Edge")]
internal sealed class V001Edge : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        Institution(migrationBuilder);
        Idempotency(migrationBuilder);
        Audit(migrationBuilder);
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropTable("audit");
        migrationBuilder.DropTable("idempotency");
        migrationBuilder.DropTable("institution");
    }

    private static void Institution(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "institution",
            columns: table => new
            {
                Id = table.Column<string>(maxLength: 12, nullable: false),
                Name = table.Column<string>(maxLength: 200, nullable: false),
                Kind = table.Column<string>(maxLength: 40, nullable: false),
                Division = table.Column<string>(maxLength: 6, nullable: false),
                Level = table.Column<int>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_institution", row => row.Id));
    }

    private static void Idempotency(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "idempotency",
            columns: table => new
            {
                Party = table.Column<string>(maxLength: 120, nullable: false),
                Method = table.Column<string>(maxLength: 120, nullable: false),
                RequestId = table.Column<string>(maxLength: 64, nullable: false),
                Digest = table.Column<byte[]>(nullable: false),
                OperationId = table.Column<string>(maxLength: 26, nullable: false),
                Answer = table.Column<byte[]>(nullable: true),
                RunningUntil = table.Column<long>(nullable: false),
                CreatedAt = table.Column<long>(nullable: false),
            },
            constraints: table =>
                table.PrimaryKey("PK_idempotency", row => new { row.Party, row.Method, row.RequestId }));
        migrationBuilder.CreateIndex("IX_idempotency_CreatedAt", "idempotency", ["CreatedAt"]);
    }

    private static void Audit(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "audit",
            columns: table => new
            {
                Chain = table.Column<string>(maxLength: 26, nullable: false),
                Sequence = table.Column<long>(nullable: false),
                At = table.Column<long>(nullable: false),
                Party = table.Column<string>(maxLength: 120, nullable: false),
                Method = table.Column<string>(maxLength: 120, nullable: false),
                OperationId = table.Column<string>(maxLength: 26, nullable: false),
                Ending = table.Column<string>(maxLength: 120, nullable: false),
                Hash = table.Column<byte[]>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_audit", row => new { row.Chain, row.Sequence }));
    }
}
