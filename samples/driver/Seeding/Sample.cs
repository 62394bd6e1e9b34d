namespace Platform.SampleDriver.Seeding;

/// <summary>A sample: its model's name and its files.</summary>
/// <param name="Model">The folder's name, which is the model's.</param>
/// <param name="Folder">The folder.</param>
/// <param name="Versions">The folders v1, v2 … in order.</param>
internal sealed record Sample(string Model, string Folder, IReadOnlyList<SampleVersion> Versions)
{
    /// <summary>The samples in a folder, by name; a folder without v1 is none.</summary>
    public static IReadOnlyList<Sample> ReadAll(string directory)
    {
        if (!Directory.Exists(directory)) throw new DirectoryNotFoundException($"There is no folder '{directory}' with samples.");
        return [.. Directory.GetDirectories(directory).Order(StringComparer.Ordinal).Select(Read).Where(sample => sample.Versions.Count > 0)];
    }

    /// <summary>The file with rows of this name, plain or compressed; null when there is none.</summary>
    public string? FindRows(string name) =>
        new[] { $"{name}.jsonl", $"{name}.jsonl.gz" }.Select(file => Path.Combine(Folder, file)).FirstOrDefault(File.Exists);

    private static Sample Read(string folder) => new(
        Path.GetFileName(folder), folder,
        [.. Enumerable.Range(1, 99).Select(number => new SampleVersion(Path.Combine(folder, $"v{number}"))).TakeWhile(version => version.Exists)]);
}

/// <summary>One version of a sample: model, metadata and reference rows.</summary>
internal sealed record SampleVersion(string Folder)
{
    public string Model => Path.Combine(Folder, "model.onnx");

    public bool Exists => File.Exists(Model);

    /// <summary>The form that <c>POST /v1/models/{m}/versions</c> takes.</summary>
    public MultipartFormDataContent ToForm()
    {
        var form = new MultipartFormDataContent { { Part(Model, "application/octet-stream"), "model", "model.onnx" } };
        form.Add(Part(Path.Combine(Folder, "metadata.json"), "application/json"), "metadata", "metadata.json");
        form.Add(Part(Path.Combine(Folder, "reference.csv"), "text/csv"), "reference", "reference.csv");
        return form;
    }

    private static StreamContent Part(string path, string type) =>
        new(File.OpenRead(path)) { Headers = { ContentType = new(type) } };
}
