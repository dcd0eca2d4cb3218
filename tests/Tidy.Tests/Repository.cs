namespace Ecert.Tidy.Tests;

/// <summary>The repository the tests were built from.</summary>
internal static class Repository
{
    private static readonly string[] NotOurs =
    [
        "bin", "obj", ".git", "node_modules", "artifacts", "TestResults", "__pycache__", ".vs", ".idea", "made",
        ".standalone",
    ];

    private static readonly string[] TextExtensions =
    [
        ".cs", ".csproj", ".props", ".targets", ".sln", ".json", ".proto", ".md", ".yml", ".yaml", ".js", ".mjs",
        ".cjs", ".ts", ".py", ".sh", ".css", ".html", ".cshtml", ".lock", ".txt", ".xml", ".sql", ".conf", ".pem",
        ".crt", ".cer", ".env", "",
    ];

    public static string Root { get; } = FindRoot();

    private static readonly Lazy<IReadOnlyList<SourceFile>> LazyFiles = new(() => [.. Walk(new DirectoryInfo(Root))]);

    /// <summary>Every path, text or not.</summary>
    public static IEnumerable<string> Paths =>
        Enumerate(new DirectoryInfo(Root)).Select(file => Relative(file.FullName));

    /// <summary>Every text file.</summary>
    public static IReadOnlyList<SourceFile> Files => LazyFiles.Value;

    /// <summary>Every C# file we wrote.</summary>
    public static IEnumerable<SourceFile> CSharp =>
        Files.Where(file => file.Path.EndsWith(".cs", StringComparison.Ordinal));

    /// <summary>Every C# file of the product.</summary>
    public static IEnumerable<SourceFile> ProductCSharp => CSharp.Where(file => file.IsUnder("src"));

    public static SourceFile? Find(string path) => Files.SingleOrDefault(file => file.Path == path);

    private static IEnumerable<SourceFile> Walk(DirectoryInfo root) => Enumerate(root)
        .Where(file => TextExtensions.Contains(file.Extension, StringComparer.Ordinal))
        .Select(file => new SourceFile(Relative(file.FullName), File.ReadAllText(file.FullName)));

    private static IEnumerable<FileInfo> Enumerate(DirectoryInfo directory) => directory.EnumerateFiles()
        .Concat(directory.EnumerateDirectories()
            .Where(child => !NotOurs.Contains(child.Name, StringComparer.Ordinal))
            .SelectMany(Enumerate))
        .Where(file => file.Name != ".git");

    private static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Gateway.sln")))
            directory = directory.Parent
                ?? throw new InvalidOperationException("The tests run outside the repository.");
        return directory.FullName;
    }
}
