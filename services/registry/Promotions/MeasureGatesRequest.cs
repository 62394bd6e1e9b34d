namespace Platform.Registry.Promotions;

/// <summary>The body of <c>POST /v1/models/{m}/versions/{v}/gates</c>, which may be absent.</summary>
/// <param name="Alias">The alias that would come to name the version; champion when absent.</param>
internal sealed record MeasureGatesRequest(string? Alias = null);
