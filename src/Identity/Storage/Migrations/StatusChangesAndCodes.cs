using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Ecert.Identity.Storage.Migrations;

/// <summary>
/// Adds the log of status changes, the one-time codes, and the permission a certificate was last fetched with.
/// </summary>
[DbContext(typeof(IdentityDatabase))]
[Migration("20261122000000_StatusChangesAndCodes")]
internal sealed class StatusChangesAndCodes : Migration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<string>("GrantId", "Certificates", maxLength: 300, nullable: true);
        migrationBuilder.CreateTable(
            "StatusChanges",
            table => new
            {
                // Never given twice, so that whoever follows the log by number misses nothing.
                Sequence = table.Column<long>().Annotation("Sqlite:Autoincrement", true),
                CertificateId = table.Column<string>(maxLength: 300),
                Division = table.Column<string>(maxLength: 300),
                StatusIndex = table.Column<int>(),
                State = table.Column<string>(maxLength: 300),
                ChangedAt = table.Column<long>(),
                Reason = table.Column<string>(maxLength: 300, nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_StatusChanges", row => row.Sequence));
        migrationBuilder.CreateIndex("IX_StatusChanges_CertificateId", "StatusChanges", "CertificateId");
        migrationBuilder.CreateTable(
            "OneTimeCodes",
            table => new
            {
                CodeHash = table.Column<byte[]>(),
                CertificateId = table.Column<string>(maxLength: 300),
                IssuedAt = table.Column<long>(),
                ExpiresAt = table.Column<long>(),
                ReplacedAt = table.Column<long>(nullable: true),
                SpentAt = table.Column<long>(nullable: true),
                SpentBy = table.Column<string>(maxLength: 300, nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_OneTimeCodes", row => row.CodeHash));
        migrationBuilder.CreateIndex(
            "IX_OneTimeCodes_CertificateId", "OneTimeCodes", "CertificateId", unique: true,
            filter: "\"SpentAt\" IS NULL AND \"ReplacedAt\" IS NULL");
    }

    /// <inheritdoc/>
    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropTable("OneTimeCodes");
        migrationBuilder.DropTable("StatusChanges");
        migrationBuilder.DropColumn("GrantId", "Certificates");
    }
}
