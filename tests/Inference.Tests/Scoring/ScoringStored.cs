using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Platform.Hosting.Documents;
using Platform.Inference.Scoring;

namespace Platform.Inference.Tests.Scoring;

/// <summary>What lies in a host's store of files that are scored.</summary>
internal static class ScoringStored
{
    private static readonly string[] Collections =
        ["scoring-jobs", "scoring-uploads", "scoring-pieces", "scoring-parts", "scoring-errors", "scoring-expiries", "scoring-leftovers"];

    public static IDocumentStore Documents(this InferenceHost host) => host.Services.GetRequiredKeyedService<IDocumentStore>(InferenceService.Name);

    /// <summary>The documents of scoring, by collection and id, in their order.</summary>
    public static async Task<List<string>> StoredAsync(this InferenceHost host)
    {
        List<string> found = [];
        foreach (var collection in Collections)
        {
            var query = new DocumentQuery(collection) { Limit = 1000 };
            found.AddRange((await host.Documents().QueryAsync<JsonElement>(query, default)).Items.Select(document => $"{collection}/{document.Id}"));
        }

        return found;
    }

    /// <summary>Stores a job as it stands, with a file of one piece.</summary>
    public static async Task PutAsync(this InferenceHost host, ScoringRecord job, string file)
    {
        var piece = new ScoringPiece(System.Text.Encoding.UTF8.GetBytes(file));
        var batch = host.Services.GetRequiredService<ScoringStore>().Put(new DocumentBatch(), job with { Bytes = file.Length, Pieces = 1 }, expectedRevision: 0);
        Assert.Null(await host.Documents().CommitAsync(batch.Put("scoring-pieces", $"{job.Id}-00000000", piece, expectedRevision: 0), default));
    }

    public static async Task<Document<ScoringRecord>> ReadAsync(this InferenceHost host, string id) =>
        (await host.Services.GetRequiredService<ScoringStore>().FindAsync(id, default))!;
}
