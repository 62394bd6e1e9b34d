using System.Runtime.CompilerServices;

namespace Platform.Hosting.Documents;

/// <summary>Reading more than a page holds.</summary>
public static class DocumentPages
{
    /// <summary>Every document that the query finds, page after page.</summary>
    public static async IAsyncEnumerable<Document<T>> ReadAllAsync<T>(
        this IDocumentStore documents, DocumentQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var page = query; ;)
        {
            var found = await documents.QueryAsync<T>(page, cancellationToken);
            foreach (var document in found.Items)
                yield return document;
            if (found.Next is null)
                yield break;
            page = page with { After = found.Next };
        }
    }
}
