using System.Globalization;
using System.Text;
using System.Text.Json;
using Ecert.Certificates.Presentations;

namespace Ecert.Verifier;

/// <summary>A verdict as a line for people, or as a JSON object on one line for programs.</summary>
internal static class VerdictPrinter
{
    internal static string Text(Verdict verdict) => verdict is Verdict.Valid valid
        ? $"{verdict.Code} {verdict.Sentence} Insured in {valid.Claims.InsuredPlace} under {valid.Claims.Scheme}, "
            + $"certificate {valid.Claims.Id} until {Time(valid.Claims.ExpiresAt)}."
        : $"{verdict.Code} {verdict.Sentence}";

    internal static string Json(Verdict verdict)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteString("verdict", verdict.Code);
            writer.WriteString("sentence", verdict.Sentence);
            if (verdict is Verdict.Valid valid)
                WriteValid(writer, valid);
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void WriteValid(Utf8JsonWriter writer, Verdict.Valid valid)
    {
        writer.WriteString("as_of", Time(valid.AsOf));
        writer.WriteString("certificate_id", valid.Claims.Id.Value);
        writer.WriteString("issuer", valid.Claims.Issuer.Value);
        writer.WriteString("subject", valid.Claims.Subject.Value);
        writer.WriteString("insured_place", valid.Claims.InsuredPlace.Value);
        writer.WriteString("scheme", valid.Claims.Scheme);
        writer.WriteString("assurance", valid.Claims.Assurance.ToString());
        writer.WriteString("expires_at", Time(valid.Claims.ExpiresAt));
        writer.WriteString("presented_at", Time(valid.Statement.MadeAt));
        if (valid.Statement.Ceiling is { } ceiling)
            writer.WriteNumber("ceiling_fen", ceiling.Fen);
    }

    private static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
