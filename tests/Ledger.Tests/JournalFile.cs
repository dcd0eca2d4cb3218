namespace Ecert.Ledger.Tests;

/// <summary>A journal's file in a folder of its own, gone after the test.</summary>
internal sealed class JournalFile : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ledger-");

    public string Path => System.IO.Path.Combine(_folder.FullName, "journal.db");

    public void Dispose() => _folder.Delete(recursive: true);
}
