using Platform.Hosting.Documents;

namespace Platform.Inference.Scoring;

/// <summary>Where what belongs to a job lies: under its id and a number, from 0 on.</summary>
internal static class ScoringPlaces
{
    public const string Pieces = "scoring-pieces";
    public const string Parts = "scoring-parts";
    public const string Problems = "scoring-errors";

    /// <summary>Documents of one commit: a store writes one commit at a time, and whoever predicts waits for it.</summary>
    private const int RemovedAtOnce = 200;

    public static string Of(string job, int number) => $"{job}-{number:D8}";

    /// <summary>Removes so many documents of a job, in several commits. What is not there is no matter: it may be done again after a death.</summary>
    public static async Task RemoveAsync(this IDocumentStore documents, string collection, string job, int count, CancellationToken cancellationToken)
    {
        foreach (var numbers in Enumerable.Range(0, count).Chunk(RemovedAtOnce))
        {
            var batch = new DocumentBatch();
            foreach (var number in numbers) batch.Delete(collection, Of(job, number));
            await documents.CommitAsync(batch, cancellationToken);
        }
    }
}
