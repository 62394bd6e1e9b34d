namespace Platform.TestKit;

/// <summary>A folder of its own that goes away with the test.</summary>
public sealed class TemporaryFolder : IDisposable
{
    private const int Attempts = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Where it is.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("platform-test-").FullName;

    /// <summary>A path inside it.</summary>
    public string File(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    /// <inheritdoc />
    /// <remarks>Where something is written into it meanwhile, it is tried again: seen once, with a service that had been stopped, without its cause.</remarks>
    public void Dispose()
    {
        for (var left = Attempts; ; left--)
        {
            try
            {
                Directory.Delete(Path, recursive: true);
                return;
            }
            catch (IOException) when (left > 1)
            {
                Thread.Sleep(Pause);
            }
        }
    }
}
