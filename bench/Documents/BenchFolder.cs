using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Platform.Contracts.Registry;
using Platform.Hosting.Documents;
using Platform.Hosting.Documents.Files;
using Platform.Hosting.Documents.Sqlite;
using Platform.Hosting.Storage;

namespace Platform.Bench.Documents;

/// <summary>A folder with a store of documents; removed when disposed.</summary>
internal sealed class BenchFolder(string provider) : IDisposable
{
    public string Provider => provider;

    public string Path { get; } = Directory.CreateTempSubdirectory("bench-documents-").FullName;

    public BenchStore Open() => Open(provider, Path);

    public static BenchStore Open(string provider, string path) => new(provider == "sqlite"
        ? SqliteDocumentStore.Open(path, new DurableFiles(), TimeProvider.System, NullLogger.Instance)
        : FileDocumentStore.Open(path, new FileStoreSettings(), new DurableFiles(), TimeProvider.System, NullLogger.Instance));

    /// <summary>A model's document, and one of its version as the registry's are: about a kilobyte, indexed, with an event.</summary>
    public static DocumentBatch Version(int model, int number, bool isNew = false) => new DocumentBatch()
        .Put("models", $"model-{model}", new BenchModel($"model-{model}", number), null)
        .Put("versions", IdOf(model, isNew ? number : number % 5), new BenchVersion($"model-{model}", $"{number}", new string('x', 900)), null,
            new Dictionary<string, string> { ["model"] = $"model-{model}" })
        .Publish($"model-{model}", new ModelPromoted { Model = $"model-{model}", Version = $"{number}" });

    public static string IdOf(int model, int number) => string.Create(CultureInfo.InvariantCulture, $"model-{model}/{number}");

    /// <summary>What it takes on the disk, whole blocks.</summary>
    public double Mebibytes()
    {
        using var du = Process.Start(new ProcessStartInfo("du", ["-s", "-B1", Path]) { RedirectStandardOutput = true })!;
        return LoadMebibytes(du.StandardOutput.ReadToEnd());
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private static double LoadMebibytes(string answer) => Loading.LoadingBenchmark.Mebibytes(double.Parse(answer.Split('\t')[0], CultureInfo.InvariantCulture));
}

internal sealed record BenchModel(string Name, int Latest);

internal sealed record BenchVersion(string Model, string Version, string Signature);

/// <summary>An open store.</summary>
internal sealed record BenchStore(IDocumentStore Documents) : IAsyncDisposable
{
    public string? Degradation => ((ILocalDocuments)Documents).Degradation;

    public ValueTask DisposeAsync() => ((IAsyncDisposable)Documents).DisposeAsync();
}
