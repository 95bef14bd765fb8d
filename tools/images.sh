#!/usr/bin/env bash
# Makes the images of all services by the .NET SDK: webwaka/{folder}:{tag}, into the local container engine or a registry.
# There is no Dockerfile. Needs the .NET 10 SDK, Node and, without --registry, docker or podman.
#   tools/images.sh                                          webwaka/gateway:dev and the others, for this machine's engine
#   tools/images.sh --tag 1.4.0 --registry ghcr.io --prefix acme/webwaka --arch arm64
#   --base IMAGE    another base image than Microsoft's chiseled one (a mirror; it holds the ASP.NET Core 10 runtime and user 1654)
#   --only NAME     one service; --keep-pages: web/out as it is
set -euo pipefail
shopt -s globasciiranges
cd "$(dirname "$0")/.."

tag=dev registry='' prefix=webwaka arch=x64 base='' only='' keep_pages=no
while [ $# -gt 0 ]; do
  case $1 in
    --tag) tag=$2; shift 2 ;;
    --registry) registry=$2; shift 2 ;;
    --prefix) prefix=$2; shift 2 ;;
    --arch) arch=$2; shift 2 ;;
    --base) base=$2; shift 2 ;;
    --only) only=$2; shift 2 ;;
    --keep-pages) keep_pages=yes; shift ;;
    *) sed -n '2,8s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
  esac
done
[ "$tag" != latest ] || { echo 'latest says nothing about what runs: give a version.' >&2; exit 2; }

# As the build sees it: a program in a lower-case folder. The gateway's image holds the pages.
deployed=(gateway services/[a-z]* tools/webwaka)
if [ $keep_pages = no ] && { [ -z "$only" ] || [ "$only" = gateway ]; }; then
  (cd web && npm ci --no-audit --no-fund && NEXT_TELEMETRY_DISABLED=1 NEXT_IGNORE_INCORRECT_LOCKFILE=1 npm run build)
fi
for folder in "${deployed[@]}"; do
  [ -z "$only" ] || [ "$(basename "$folder")" = "$only" ] || continue
  dotnet publish "$folder" -t:PublishContainer -c Release -r "linux-$arch" --no-self-contained -v q --nologo \
    -p:ImagePrefix="$prefix" -p:ContainerImageTag="$tag" ${registry:+-p:ContainerRegistry="$registry"} ${base:+-p:ContainerBaseImage="$base"}
  echo "${registry:+$registry/}$prefix/$(basename "$folder"):$tag"
done
