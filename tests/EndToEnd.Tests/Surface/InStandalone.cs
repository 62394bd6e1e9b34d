using Platform.EndToEnd.Tests.Running;

namespace Platform.EndToEnd.Tests.Surface;

// The surface in one process.

[Collection(TheLoop.Name)]
public sealed class OpenApiInStandalone(StandalonePlatform platform) : OpenApiTests(platform);

[Collection(TheLoop.Name)]
public sealed class OperationsInStandalone(StandalonePlatform platform) : OperationsTests(platform);

[Collection(TheLoop.Name)]
public sealed class PageInStandalone(StandalonePlatform platform) : PageTests(platform);
