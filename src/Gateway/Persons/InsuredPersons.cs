using System.Text.Json;
using Ecert.Adapters.Ports;
using Ecert.Gateway.Books;
using Ecert.Gateway.Storage;
using Ecert.Kernel;
using Ecert.Kernel.Citizens;
using Ecert.Kernel.Refusals;
using Microsoft.EntityFrameworkCore;

namespace Ecert.Gateway.Persons;

/// <summary>
/// Finds the person behind a pseudonym: here when known, otherwise at the issuer, which alone can resolve it. The first
/// time, the personal account is opened in the ledger with the balance the insured-person base states.
/// </summary>
internal sealed class InsuredPersons(
    IDbContextFactory<GatewayDb> databases, SubjectDirectory directory, IInsuredPersonBase personBase,
    PersonalAccounts accounts,
    PersonalDataCipher cipher)
{
    /// <summary>The person, as last known here.</summary>
    public async Task<InsuredPerson> LoadAsync(string subject, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var row = await db.Set<InsuredPersonRow>().AsNoTracking()
            .SingleOrDefaultAsync(person => person.Subject == subject, ct);
        return row is null ? await RefreshAsync(subject, ct) : Open(row);
    }

    /// <summary>The person by a certificate's id, of those known here.</summary>
    public async Task<InsuredPerson?> FindByCertificateAsync(string certificateId, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var row = await db.Set<InsuredPersonRow>().AsNoTracking()
            .SingleOrDefaultAsync(person => person.CertificateId == certificateId, ct);
        return row is null ? null : Open(row);
    }

    /// <summary>Asks the issuer who the pseudonym is now, and keeps the answer.</summary>
    public async Task<InsuredPerson> RefreshAsync(string subject, CancellationToken ct)
    {
        var known = await directory.FindAsync(subject, ct)
            ?? throw RefusalCatalogue.CertificateNotFound.AsRefusal().ToException();
        await using var db = await databases.CreateDbContextAsync(ct);
        var row = await db.Set<InsuredPersonRow>().SingleOrDefaultAsync(person => person.Subject == subject, ct);
        if (row is null)
            db.Add(row = NewRow(subject, known));
        (row.CertificateId, row.PersonNumber) = (known.CertificateId, known.PersonNumber);
        (row.InsuredPlace, row.Scheme, row.PersonType) = (known.InsuredPlace, known.Scheme, known.PersonType);
        row.Person = cipher.Protect(
            JsonSerializer.Serialize(new Personal(known.Name, known.Document.Kind, known.Document.Number)),
            Place(subject));
        await db.SaveChangesAsync(ct);
        var person = Open(row);
        await OpenAccountAsync(person, ct);
        return person;
    }

    private async Task OpenAccountAsync(InsuredPerson person, CancellationToken ct)
    {
        var enrolments = await personBase.FindAsync(person.Name, person.Document, ct) switch
        {
            PersonOutcome.Found found => found.Enrolments,
            PersonOutcome.NotFound => [],
            _ => throw RefusalCatalogue.CounterpartUnavailable.AsRefusal().ToException(),
        };
        var balance = enrolments
            .Where(row => row.Scheme == person.Scheme && row.InsuredPlace.Value == person.InsuredPlace)
            .Select(row => row.Balance).FirstOrDefault(Money.Zero);
        await accounts.OpenAsync(person, balance, ct);
    }

    private InsuredPersonRow NewRow(string subject, KnownSubject known) => new()
    {
        Subject = subject, CertificateId = known.CertificateId, Person = [], PersonNumber = known.PersonNumber,
        InsuredPlace = known.InsuredPlace, Scheme = known.Scheme, PersonType = known.PersonType, Version = 0,
    };

    private InsuredPerson Open(InsuredPersonRow row)
    {
        var personal = JsonSerializer.Deserialize<Personal>(cipher.Unprotect(row.Person, Place(row.Subject)))!;
        return IdentityDocument.TryParse(personal.Kind, personal.Number, out var document, out _)
            ? new InsuredPerson(
                row.Subject, row.CertificateId, personal.Name, document, row.PersonNumber, row.InsuredPlace,
                row.Scheme, row.PersonType, row.Version)
            : throw new InvalidOperationException("A stored document number no longer reads.");
    }

    private static string Place(string subject) => $"insured_person/{subject}";

    private sealed record Personal(string Name, IdentityDocumentKind Kind, string Number);
}
