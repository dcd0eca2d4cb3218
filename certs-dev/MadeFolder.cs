using System.Text;
using Ecert.Kernel;

namespace Ecert.CertsDev;

/// <summary>
/// Writes a folder so that it is there whole or not at all: everything goes into a sibling first, which is then
/// renamed. Files and folders are readable by their owner alone.
/// </summary>
internal sealed class MadeFolder
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerFolder = OwnerFile | UnixFileMode.UserExecute;

    private readonly string _draft;

    private MadeFolder(string draft) => _draft = draft;

    /// <summary>Fills a new folder and puts it in the place of whatever was there.</summary>
    internal static void Replace(string folder, DateTimeOffset now, Action<MadeFolder> fill)
    {
        var id = RandomSource.System.NewId(now);
        var (draft, old) = ($"{folder}.{id}.draft", $"{folder}.{id}.old");
        try
        {
            CreateFolder(draft);
            fill(new MadeFolder(draft));
            if (Directory.Exists(folder))
                Directory.Move(folder, old);
            Directory.Move(draft, folder);
        }
        finally
        {
            foreach (var left in new[] { draft, old }.Where(Directory.Exists))
                Directory.Delete(left, recursive: true);
        }
    }

    internal void Write(string path, string text)
    {
        var target = Path.Combine(_draft, path);
        CreateFolders(Path.GetDirectoryName(path)!);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerFile;
        using var stream = new FileStream(target, options);
        stream.Write(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>Writes <c>path.crt</c> and <c>path.key</c>.</summary>
    internal void Write(string path, KeyedCertificate certificate)
    {
        Write($"{path}.crt", certificate.CertificatePem + "\n");
        Write($"{path}.key", certificate.PrivateKeyPem + "\n");
    }

    /// <summary>Level by level, because the system gives the mode asked for to the last level alone.</summary>
    private void CreateFolders(string path)
    {
        var level = _draft;
        foreach (var name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            level = Path.Combine(level, name);
            CreateFolder(level);
        }
    }

    private static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, OwnerFolder);
    }
}
