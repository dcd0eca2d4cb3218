using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ecert.Kernel.Identifiers;
using Microsoft.Extensions.Configuration;

namespace Ecert.Adapters.Configuration;

/// <summary>
/// Reads the configuration, and notes everything that is missing or does not read, so that an operator learns of all of
/// it at the first start. Keys and certificates are files; a setting never holds a secret itself.
/// </summary>
public sealed class Settings(IConfiguration configuration, string prefix, List<string> faults)
{
    /// <summary>What was found wrong so far, a sentence each.</summary>
    public IReadOnlyList<string> Faults => faults;

    /// <summary>The settings below a name.</summary>
    public Settings Section(string name) => new(configuration.GetSection(name), $"{prefix}{name}:", faults);

    /// <summary>Every section of a list.</summary>
    public IReadOnlyList<Settings> Sections(string name) =>
        [.. configuration.GetSection(name).GetChildren().Select(
            child => new Settings(child, $"{prefix}{name}:{child.Key}:", faults))];

    /// <summary>True when anything is set below a name.</summary>
    public bool Has(string name) => configuration.GetSection(name).Exists();

    /// <summary>Notes what is wrong with a setting.</summary>
    public void Fault(string name, string what) => faults.Add($"{prefix}{name} {what}.");

    /// <summary>A text that must be set.</summary>
    public string Text(string name)
    {
        if (configuration[name] is { Length: > 0 } value)
            return value;
        faults.Add($"{prefix}{name} is not set.");
        return "";
    }

    /// <summary>A text with a default.</summary>
    public string Text(string name, string otherwise) =>
        configuration[name] is { Length: > 0 } value ? value : otherwise;

    /// <summary>An address that must be set.</summary>
    public Uri Address(string name)
    {
        if (Uri.TryCreate(Text(name), UriKind.Absolute, out var address))
            return address;
        faults.Add($"{prefix}{name} is no absolute address.");
        return new Uri("http://127.0.0.1");
    }

    /// <summary>A whole number that must be set, 0 or above.</summary>
    public int Number(string name)
    {
        if (int.TryParse(Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return number;
        faults.Add($"{prefix}{name} is no whole number.");
        return 0;
    }

    /// <summary>One of an enumeration's names.</summary>
    public TEnum Choice<TEnum>(string name) where TEnum : struct, Enum
    {
        if (Enum.TryParse<TEnum>(Text(name), out var value) && Enum.IsDefined(value))
            return value;
        faults.Add($"{prefix}{name} is none of {string.Join(", ", Enum.GetNames<TEnum>())}.");
        return default;
    }

    /// <summary>A division code.</summary>
    public DivisionCode Division(string name)
    {
        if (DivisionCode.TryParse(Text(name), out var division))
            return division;
        faults.Add($"{prefix}{name} is no division code of six digits.");
        return default;
    }

    /// <summary>The text of a file that must be there.</summary>
    public string FileText(string name) => Read(name, File.ReadAllText) ?? "";

    /// <summary>A key of a number of bytes, in a file as hexadecimal text.</summary>
    public byte[] Key(string name, int bytes)
    {
        var key = Read(name, path => Convert.FromHexString(File.ReadAllText(path).Trim())) ?? [];
        if (key.Length != bytes && key.Length > 0)
            faults.Add($"{prefix}{name} holds {key.Length} bytes, not {bytes}.");
        return key;
    }

    /// <summary>A certificate from <c>name</c> with its private key from <c>name</c>Key, both PEM files.</summary>
    public X509Certificate2? CertificateWithKey(string name) =>
        Read(name, path => X509Certificate2.CreateFromPemFile(path, Text($"{name}Key")));

    /// <summary>The certificates of a PEM file.</summary>
    public X509Certificate2Collection Certificates(string name) => Read(name, path =>
    {
        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPemFile(path);
        return certificates;
    }) ?? [];

    private T? Read<T>(string name, Func<string, T> read) where T : class
    {
        if (Text(name) is not { Length: > 0 } path)
            return null;
        try
        {
            return read(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException
            or CryptographicException)
        {
            faults.Add($"{prefix}{name}: {exception.Message}");
            return null;
        }
    }
}
