namespace Platform.Onnx.Sharing;

/// <summary>
/// One place for a run in shared memory: two counters that either side waits for, where the description of the request and of the answer
/// lie, and a part for the tensors of each. One request at a time; either side writes only its own part.
/// </summary>
internal sealed unsafe class Channel : IDisposable
{
    /// <summary>What the counter of answers holds when nobody answers any more.</summary>
    public const int Broken = -1;

    // Words that different threads write lie in cache lines of their own.
    private const int Line = 64;
    private const int Header = 4096;

    // A caller looks up now and then whether its run is to be stopped; a worker is woken.
    private static readonly TimeSpan CallerNap = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan WorkerNap = TimeSpan.FromSeconds(10);

    private readonly SharedMemory _memory;

    private Channel(SharedMemory memory, long requestBytes)
    {
        _memory = memory;
        Requests = new SharedArena(memory, Header, requestBytes);
        Answers = new SharedArena(memory, Header + requestBytes, memory.Size - Header - requestBytes);
    }

    public SharedMemory Memory => _memory;

    public string Path => _memory.Path;

    public SharedArena Requests { get; }

    public SharedArena Answers { get; }

    private int* Requested => Word(0);

    private int* Answered => Word(1);

    private int* WorkerSleeps => Word(2);

    private int* CallerSleeps => Word(3);

    /// <summary>Where the request's description lies: offset and number of words.</summary>
    public Span<long> Request => new((byte*)_memory.Address + (4 * Line), 2);

    /// <summary>The same of the answer.</summary>
    public Span<long> Answer => new((byte*)_memory.Address + (5 * Line), 2);

    public static Channel Create(long requestBytes, long answerBytes) =>
        new(SharedMemory.Create(Header + requestBytes + answerBytes), requestBytes);

    public static Channel Open(string path, long requestBytes, long answerBytes) =>
        new(SharedMemory.Open(path, Header + requestBytes + answerBytes), requestBytes);

    /// <summary>Caller: makes ready for another worker, once the one before is dead.</summary>
    public void Reset()
    {
        for (var word = 0; word < 4; word++) Volatile.Write(ref *Word(word), 0);
        Answers.Clear();
    }

    /// <summary>Caller: hands over the request that has been described; its number.</summary>
    public int Send()
    {
        var number = Interlocked.Increment(ref *Requested);
        if (Interlocked.Exchange(ref *WorkerSleeps, 0) != 0) Futex.Wake(Requested);
        return number;
    }

    /// <summary>Caller: sleeps for a moment unless the request has been answered or nobody answers any more.</summary>
    /// <returns>True when it has been.</returns>
    /// <exception cref="ChannelBrokenException">Nobody answers any more.</exception>
    public bool AwaitAnswer(int number)
    {
        Interlocked.Exchange(ref *CallerSleeps, 1);
        var answered = Volatile.Read(ref *Answered);
        if (answered != number && answered != Broken)
        {
            Futex.Wait(Answered, answered, CallerNap);
            answered = Volatile.Read(ref *Answered);
        }

        if (answered == Broken) throw new ChannelBrokenException();
        if (answered != number) return false;
        Volatile.Write(ref *CallerSleeps, 0);
        return true;
    }

    /// <summary>Caller: nobody answers any more.</summary>
    public void Break()
    {
        Interlocked.Exchange(ref *Answered, Broken);
        Futex.Wake(Answered);
    }

    /// <summary>Worker: sleeps for a while unless there is a request after number <paramref name="last"/>; the number of the newest.</summary>
    public int AwaitRequest(int last)
    {
        Interlocked.Exchange(ref *WorkerSleeps, 1);
        if (Volatile.Read(ref *Requested) == last) Futex.Wait(Requested, last, WorkerNap);
        Volatile.Write(ref *WorkerSleeps, 0);
        return Volatile.Read(ref *Requested);
    }

    /// <summary>Worker: ends a wait for requests early.</summary>
    public void Interrupt() => Futex.Wake(Requested);

    /// <summary>Worker: the request has been answered.</summary>
    public void Reply(int number)
    {
        Interlocked.Exchange(ref *Answered, number);
        if (Interlocked.Exchange(ref *CallerSleeps, 0) != 0) Futex.Wake(Answered);
    }

    public void Dispose() => _memory.Dispose();

    private int* Word(int index) => (int*)((byte*)_memory.Address + (index * Line));
}

/// <summary>The worker at the other end of a channel is dead.</summary>
internal sealed class ChannelBrokenException : Exception;
