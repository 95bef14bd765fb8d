using Aspire.Hosting;

namespace Projects;

// Aspire's SDK makes one of each project that AppHost.csproj refers to.

public sealed class Gateway : IProjectMetadata;

public sealed class History : IProjectMetadata;

public sealed class Identity : IProjectMetadata;

public sealed class Inventory : IProjectMetadata;

public sealed class Payments : IProjectMetadata;

public sealed class PaystackSandbox : IProjectMetadata;

public sealed class Promotions : IProjectMetadata;

public sealed class Tax : IProjectMetadata;

public sealed class Transaction : IProjectMetadata;

public sealed class Webwaka : IProjectMetadata;
