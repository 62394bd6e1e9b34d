namespace Platform.Standalone.Logs;

/// <summary>
/// A file of JSON lines that is set aside when it has grown to 16 MiB; the five youngest such files are kept. Writing is
/// synchronous: the platform logs what happens to models and to itself, not single requests.
/// </summary>
internal sealed class LogFile : IDisposable
{
    private const long DefaultMaxBytes = 16L << 20;
    private const int KeptFiles = 5;
    private const string Name = "platform";

    private readonly Lock _writing = new();
    private readonly string _folder;
    private readonly long _maxBytes;
    private StreamWriter? _writer;

    public LogFile(string folder, long maxBytes = DefaultMaxBytes)
    {
        _maxBytes = maxBytes;
        _folder = Directory.CreateDirectory(folder).FullName;
        _writer = Open();
    }

    private string Current => Path.Combine(_folder, $"{Name}.jsonl");

    public void Append(string line)
    {
        lock (_writing)
        {
            if (_writer is null) return;
            try
            {
                _writer.Write(line);
                if (_writer.BaseStream.Length >= _maxBytes) SetAside();
            }
            catch (IOException exception)
            {
                // A full disk must not take the platform down; it is said once, where somebody may see it.
                Console.Error.WriteLine($"error: logging to {Current} ends here: {exception.Message}");
                _writer = null;
            }
        }
    }

    public void Dispose()
    {
        lock (_writing)
        {
            _writer?.Dispose();
            _writer = null;
        }
    }

    private StreamWriter Open() =>
        new(new FileStream(Current, FileMode.Append, FileAccess.Write, FileShare.ReadWrite)) { AutoFlush = true };

    private void SetAside()
    {
        _writer!.Dispose();
        File.Move(Current, Path.Combine(_folder, $"{Name}-{DateTime.UtcNow:yyyyMMdd-HHmmss-fffffff}.jsonl"), overwrite: true);
        foreach (var old in Directory.GetFiles(_folder, $"{Name}-*.jsonl").OrderDescending(StringComparer.Ordinal).Skip(KeptFiles)) File.Delete(old);
        _writer = Open();
    }
}
