using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Ecert.Identity.Storage.Migrations;

/// <summary>Creates every table of the first release. Times are milliseconds since 1970.</summary>
[DbContext(typeof(IdentityDatabase))]
[Migration("20261101000000_FirstTables")]
internal sealed class FirstTables : Migration
{
    private static readonly string[] Tables =
    [
        "PushedRequests", "Activations", "UsedIdentifiers", "Grants", "Codes", "RefreshTokens", "Citizens",
        "ChannelBindings", "Certificates",
    ];

    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        CreateRequests(migrationBuilder);
        CreateGrants(migrationBuilder);
        CreateCitizens(migrationBuilder);
        CreateCertificates(migrationBuilder);
    }

    /// <inheritdoc/>
    protected override void Down(MigrationBuilder migrationBuilder)
    {
        foreach (var table in Tables)
            migrationBuilder.DropTable(table);
    }

    private static void CreateRequests(MigrationBuilder builder)
    {
        builder.CreateTable(
            "PushedRequests",
            table => new
            {
                HandleHash = table.Column<byte[]>(),
                ClientId = table.Column<string>(maxLength: 300),
                SealedRequest = table.Column<byte[]>(),
                ExpiresAt = table.Column<long>(),
            },
            constraints: table => table.PrimaryKey("PK_PushedRequests", row => row.HandleHash));
        builder.CreateTable(
            "Activations",
            table => new
            {
                SessionHash = table.Column<byte[]>(),
                ClientId = table.Column<string>(maxLength: 300),
                SealedState = table.Column<byte[]>(),
                Version = table.Column<int>(),
                ExpiresAt = table.Column<long>(),
            },
            constraints: table => table.PrimaryKey("PK_Activations", row => row.SessionHash));
        builder.CreateTable(
            "UsedIdentifiers",
            table => new { IdentifierHash = table.Column<byte[]>(), ExpiresAt = table.Column<long>() },
            constraints: table => table.PrimaryKey("PK_UsedIdentifiers", row => row.IdentifierHash));
    }

    private static void CreateGrants(MigrationBuilder builder)
    {
        builder.CreateTable(
            "Grants",
            table => new
            {
                GrantId = table.Column<string>(maxLength: 300),
                ClientId = table.Column<string>(maxLength: 300),
                SubjectId = table.Column<string>(maxLength: 300),
                Scope = table.Column<string>(maxLength: 1000),
                ConsentedAt = table.Column<long>(),
                RevokedAt = table.Column<long>(nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_Grants", row => row.GrantId));
        builder.CreateIndex("IX_Grants_SubjectId", "Grants", "SubjectId");
        builder.CreateTable(
            "Codes",
            table => new
            {
                CodeHash = table.Column<byte[]>(),
                ClientId = table.Column<string>(maxLength: 300),
                GrantId = table.Column<string>(maxLength: 300),
                RedirectUri = table.Column<string>(maxLength: 2000),
                CodeChallenge = table.Column<string>(maxLength: 300),
                DpopThumbprint = table.Column<string>(maxLength: 300, nullable: true),
                Nonce = table.Column<string>(maxLength: 300, nullable: true),
                ExpiresAt = table.Column<long>(),
                UsedAt = table.Column<long>(nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_Codes", row => row.CodeHash));
        builder.CreateTable(
            "RefreshTokens",
            table => new
            {
                TokenHash = table.Column<byte[]>(),
                ClientId = table.Column<string>(maxLength: 300),
                GrantId = table.Column<string>(maxLength: 300),
                Scope = table.Column<string>(maxLength: 1000),
                DpopThumbprint = table.Column<string>(maxLength: 300),
                ExpiresAt = table.Column<long>(),
                UsedAt = table.Column<long>(nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_RefreshTokens", row => row.TokenHash));
        builder.CreateIndex("IX_RefreshTokens_GrantId", "RefreshTokens", "GrantId");
    }

    private static void CreateCitizens(MigrationBuilder builder)
    {
        builder.CreateTable(
            "Citizens",
            table => new
            {
                SubjectId = table.Column<string>(maxLength: 300),
                DocumentIndex = table.Column<byte[]>(),
                SealedPerson = table.Column<byte[]>(),
                PinHash = table.Column<byte[]>(),
                PinSalt = table.Column<byte[]>(),
                PinRounds = table.Column<int>(),
                PinFailures = table.Column<int>(),
                PinLockedUntil = table.Column<long>(nullable: true),
                ActivatedAt = table.Column<long>(),
            },
            constraints: table => table.PrimaryKey("PK_Citizens", row => row.SubjectId));
        builder.CreateIndex("IX_Citizens_DocumentIndex", "Citizens", "DocumentIndex", unique: true);
        builder.CreateTable(
            "ChannelBindings",
            table => new
            {
                SubjectId = table.Column<string>(maxLength: 300),
                ClientId = table.Column<string>(maxLength: 300),
                AppUserIndex = table.Column<byte[]>(),
                SealedAppUser = table.Column<byte[]>(),
                BoundAt = table.Column<long>(),
                RevokedAt = table.Column<long>(nullable: true),
            },
            constraints: table => table.PrimaryKey(
                "PK_ChannelBindings", row => new { row.SubjectId, row.ClientId, row.AppUserIndex }));
    }

    private static void CreateCertificates(MigrationBuilder builder)
    {
        builder.CreateTable(
            "Certificates",
            table => new
            {
                CertificateId = table.Column<string>(maxLength: 300),
                SubjectId = table.Column<string>(maxLength: 300),
                Division = table.Column<string>(maxLength: 300),
                StatusIndex = table.Column<int>(),
                HolderThumbprint = table.Column<string>(maxLength: 300),
                Encoded = table.Column<byte[]>(),
                IssuedAt = table.Column<long>(),
                ExpiresAt = table.Column<long>(),
                SuspendedAt = table.Column<long>(nullable: true),
                RevokedAt = table.Column<long>(nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_Certificates", row => row.CertificateId));
        builder.CreateIndex(
            "IX_Certificates_Division_StatusIndex", "Certificates", ["Division", "StatusIndex"], unique: true);
        builder.CreateIndex(
            "IX_Certificates_SubjectId", "Certificates", "SubjectId", unique: true, filter: "\"RevokedAt\" IS NULL");
    }
}
