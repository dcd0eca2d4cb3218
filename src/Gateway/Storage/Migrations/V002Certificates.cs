using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Ecert.Gateway.Storage.Migrations;

/// <summary>The tables of certificates.</summary>
[DbContext(typeof(GatewayDb))]
[Migration("V002_Certificates")]
internal sealed class V002Certificates : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        InsuredPerson(migrationBuilder);
        EcToken(migrationBuilder);
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropTable("ec_token");
        migrationBuilder.DropTable("insured_person");
    }

    private static void InsuredPerson(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "insured_person",
            columns: table => new
            {
                Subject = table.Column<string>(maxLength: 64, nullable: false),
                CertificateId = table.Column<string>(maxLength: 64, nullable: false),
                Person = table.Column<byte[]>(nullable: false),
                PersonNumber = table.Column<string>(maxLength: 30, nullable: false),
                InsuredPlace = table.Column<string>(maxLength: 6, nullable: false),
                Scheme = table.Column<string>(maxLength: 3, nullable: false),
                PersonType = table.Column<string>(maxLength: 6, nullable: false),
                Version = table.Column<long>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_insured_person", row => row.Subject));
        migrationBuilder.CreateIndex("IX_insured_person_CertificateId", "insured_person", ["CertificateId"]);
    }

    private static void EcToken(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "ec_token",
            columns: table => new
            {
                Hash = table.Column<byte[]>(maxLength: 32, nullable: false),
                InstitutionId = table.Column<string>(maxLength: 12, nullable: false),
                BusinessType = table.Column<string>(maxLength: 5, nullable: false),
                OperatorId = table.Column<string>(maxLength: 20, nullable: false),
                Subject = table.Column<string>(maxLength: 64, nullable: false),
                CertificateId = table.Column<string>(maxLength: 64, nullable: false),
                ExpiresAt = table.Column<long>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_ec_token", row => row.Hash));
        migrationBuilder.CreateIndex("IX_ec_token_ExpiresAt", "ec_token", ["ExpiresAt"]);
    }
}
