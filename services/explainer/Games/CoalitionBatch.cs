namespace Platform.Explainer.Games;

/// <summary>
/// Coalitions that are to be evaluated together: for each, the players that are present, as bits, and the background row
/// that stands in for the absent ones. Reused from batch to batch.
/// </summary>
internal sealed class CoalitionBatch(int players, int capacity)
{
    private readonly int _words = Math.Max(1, (players + 63) / 64);
    private readonly ulong[] _members = new ulong[capacity * Math.Max(1, (players + 63) / 64)];
    private readonly int[] _backgrounds = new int[capacity];

    public int Count { get; private set; }

    /// <summary>Whether as many more coalitions fit.</summary>
    public bool HasRoomFor(int coalitions) => Count + coalitions <= _backgrounds.Length;

    /// <summary>Appends an empty coalition and returns its members, to be filled in with <see cref="Join"/>.</summary>
    public Span<ulong> Add(int background)
    {
        _backgrounds[Count] = background;
        var members = _members.AsSpan(Count++ * _words, _words);
        members.Clear();
        return members;
    }

    /// <summary>Appends a coalition with the given members.</summary>
    public void Add(int background, ReadOnlySpan<ulong> members) => members.CopyTo(Add(background));

    public int Background(int index) => _backgrounds[index];

    public ReadOnlySpan<ulong> Members(int index) => _members.AsSpan(index * _words, _words);

    public void Clear() => Count = 0;

    /// <summary>Adds a player to a coalition's members.</summary>
    public static void Join(Span<ulong> members, int player) => members[player >> 6] |= 1UL << (player & 63);

    /// <summary>Whether a player is present.</summary>
    public static bool Has(ReadOnlySpan<ulong> members, int player) => (members[player >> 6] >> (player & 63) & 1) != 0;
}
