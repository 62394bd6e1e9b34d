namespace Platform.Monitor.Sampling;

/// <summary>Numbers that follow from a row's id, the same in every process: what chooses by them chooses the same rows when the log is read again.</summary>
internal static class RowHash
{
    private const ulong Basis = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <summary>
    /// Two independent numbers, at least 0 and below 1: the halves of an FNV-1a hash (Fowler, Noll, Vo), mixed by the finalizer of MurmurHash3
    /// (Appleby), as ids that differ in their last letter alone differ in few bits of the former.
    /// </summary>
    public static (double First, double Second) Of(string model, string id)
    {
        var hash = Mix(Add(Add(Basis, model) * Prime, id));
        return ((hash >> 32) / ((double)uint.MaxValue + 1), (uint)hash / ((double)uint.MaxValue + 1));
    }

    private static ulong Add(ulong hash, string text)
    {
        foreach (var letter in text)
            hash = (hash ^ letter) * Prime;
        return hash;
    }

    private static ulong Mix(ulong hash)
    {
        hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccd;
        hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53;
        return hash ^ (hash >> 33);
    }
}
