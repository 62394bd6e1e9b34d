namespace Platform.Hosting.Paging;

/// <summary>A page of a list, as every route answers it.</summary>
/// <param name="Items">The items.</param>
/// <param name="Next">What to pass as <c>after</c> for the next page; null on the last.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);
