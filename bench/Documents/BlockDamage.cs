using System.Text.Json;
using Platform.Hosting.Documents;

namespace Platform.Bench.Documents;

/// <summary>A block of 4 KiB, somewhere in a store's folder, that reads as zeros: how many documents it costs.</summary>
internal static class BlockDamage
{
    private const int Block = 4096;

    public static async Task RunAsync(BenchFolder folder, int times)
    {
        var (random, whole, lost, silent) = (new Random(1), await CountAsync(folder.Provider, folder.Path), new List<int>(), 0);
        for (var n = 0; n < times; n++)
        {
            using var damaged = new BenchFolder(folder.Provider);
            Copy(folder.Path, damaged.Path);
            Damage(damaged.Path, random);
            var left = await CountAsync(folder.Provider, damaged.Path);
            lost.Add(whole.Documents - left.Documents);
            if (left.Documents < whole.Documents && !left.IsTold) silent++;
        }
        Console.WriteLine(FormattableString.Invariant(
            $"\n{folder.Provider}: {times} times one block of {Block} bytes zeroed among {whole.Documents} documents: ")
            + FormattableString.Invariant($"{lost.Average():F1} lost on average, {lost.Max()} at worst; ")
            + FormattableString.Invariant($"{lost.Count(count => count == whole.Documents)} times all; {silent} times without a word"));
    }

    private static async Task<(int Documents, bool IsTold)> CountAsync(string provider, string path)
    {
        try
        {
            await using var store = BenchFolder.Open(provider, path);
            var documents = 0;
            foreach (var query in (DocumentQuery[])[new("models") { Limit = 1000 }, new("versions") { Limit = 1000 }])
                await foreach (var _ in store.Documents.ReadAllAsync<JsonElement>(query, CancellationToken.None)) documents++;
            return (documents, store.Degradation is not null);
        }
        catch (IOException)
        {
            return (0, true); // it does not open, and says so
        }
    }

    private static void Damage(string path, Random random)
    {
        var blocks = Directory.GetFiles(path, "*", SearchOption.AllDirectories)
            .SelectMany(file => Enumerable.Range(0, (int)((new FileInfo(file).Length + Block - 1) / Block)).Select(block => (file, block))).ToList();
        var (target, at) = blocks[random.Next(blocks.Count)];
        using var stream = new FileStream(target, FileMode.Open, FileAccess.Write);
        stream.Position = (long)at * Block;
        stream.Write(new byte[Math.Min(Block, stream.Length - stream.Position)]);
    }

    private static void Copy(string from, string to)
    {
        foreach (var folder in Directory.GetDirectories(from, "*", SearchOption.AllDirectories))
            Directory.CreateDirectory(Path.Combine(to, Path.GetRelativePath(from, folder)));
        foreach (var path in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
            File.Copy(path, Path.Combine(to, Path.GetRelativePath(from, path)));
    }
}
