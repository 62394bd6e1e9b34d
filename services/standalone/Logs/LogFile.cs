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

    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(5);

    private readonly Lock _writing = new();
    private readonly string _folder;
    private readonly long _maxBytes;
    private readonly TimeProvider _time;
    private StreamWriter? _writer;
    private DateTimeOffset _retryAt;
    private long _missed;
    private bool _isClosed;

    public LogFile(string folder, long maxBytes = DefaultMaxBytes, TimeProvider? time = null)
    {
        (_maxBytes, _time) = (maxBytes, time ?? TimeProvider.System);
        _folder = Directory.CreateDirectory(folder).FullName;
        _writer = Open();
    }

    private string Current => Path.Combine(_folder, $"{Name}.jsonl");

    public void Append(string line)
    {
        lock (_writing)
        {
            if (_isClosed || !TryResume()) return;
            try
            {
                _writer!.Write(line);
                if (_writer.BaseStream.Length >= _maxBytes) SetAside();
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                Pause(exception);
            }
        }
    }

    public void Dispose()
    {
        lock (_writing)
        {
            _isClosed = true;
            Close();
        }
    }

    /// <summary>Whether there is a file to write to: after a failure it is opened again once in a while.</summary>
    private bool TryResume()
    {
        if (_writer is not null) return true;
        _missed++;
        if (_time.GetUtcNow() < _retryAt) return false;
        try
        {
            _writer = Open();
            _writer.Write('\n'); // what was cut off keeps to its own line
            Console.Error.WriteLine($"warning: logging to {Current} goes on; {_missed - 1} entries are not in it");
            _missed = 0;
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Close();
            _retryAt = _time.GetUtcNow() + RetryInterval;
            return false;
        }
    }

    /// <summary>A full disk must not take the platform down; it is said once, where somebody may see it.</summary>
    private void Pause(Exception exception)
    {
        Console.Error.WriteLine($"error: {Current} cannot be written, entries are missing until it can: {exception.Message}");
        (_missed, _retryAt) = (1, _time.GetUtcNow() + RetryInterval);
        Close();
    }

    private void Close()
    {
        var writer = _writer;
        _writer = null;
        try
        {
            writer?.Dispose();
        }
        catch (IOException)
        {
            // What it could not write it cannot write now.
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
