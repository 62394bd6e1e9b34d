using Platform.Onnx.Bundles;
using Platform.TestKit;
using Platform.TestModels;

namespace Platform.Onnx.Tests.Bundles;

/// <summary>A folder in which models are bundled.</summary>
internal sealed class BundleFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public string Write(ExternalModels model) => Write(model.Model, model.Files);

    public string Write(byte[] model, IEnumerable<KeyValuePair<string, byte[]>> files)
    {
        var path = _folder.File($"{Guid.NewGuid():n}");
        using var target = File.Create(path);
        BundleWriter.WriteAsync(target, Source("net.onnx", model), files.Select(file => Source(file.Key, file.Value)), default).GetAwaiter().GetResult();
        return path;
    }

    /// <summary>A file that is as it stands.</summary>
    public string Write(byte[] content)
    {
        var path = _folder.File($"{Guid.NewGuid():n}");
        File.WriteAllBytes(path, content);
        return path;
    }

    public void Dispose() => _folder.Dispose();

    private static BundleSource Source(string name, byte[] content) => new(name, content.Length, () => new MemoryStream(content));
}
