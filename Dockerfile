# The image of `holdfast serve`. How to build, verify and run it: docs/guide/image.md.

# Pin both by digest for a release: --build-arg BUILD_IMAGE=docker.io/library/node@sha256:...
ARG BUILD_IMAGE=docker.io/library/node:24.21.0-bookworm-slim
ARG RUNTIME_IMAGE=gcr.io/distroless/nodejs24-debian12:nonroot

FROM ${BUILD_IMAGE} AS build
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json ./
COPY src ./src
RUN npm run build

FROM ${BUILD_IMAGE} AS tree
# Every file gets this time (seconds since 1970), so that two builds give the same tree.
ARG SOURCE_DATE_EPOCH=0
WORKDIR /app
COPY package.json package-lock.json LICENSE ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund
# What Node never reads: types, source maps, packages' own tests. npm's own copy of the lock file names the registry.
RUN find node_modules -type d -name test -prune -exec rm -rf {} + \
  && find node_modules -type f '(' -name '*.ts' -o -name '*.mts' -o -name '*.cts' -o -name '*.map' ')' -delete \
  && rm -rf package-lock.json node_modules/.package-lock.json node_modules/.bin
COPY policies ./policies
COPY --from=build /build/dist ./dist
RUN chmod -R u=rX,go=rX . && find . -exec touch -h -d "@${SOURCE_DATE_EPOCH}" {} +

FROM ${RUNTIME_IMAGE}
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="holdfast" \
  org.opencontainers.image.description="Storage guardrails for Kubernetes" \
  org.opencontainers.image.licenses="Apache-2.0" \
  org.opencontainers.image.version="${VERSION}" \
  org.opencontainers.image.revision="${REVISION}"
ENV NODE_ENV=production
WORKDIR /app
COPY --from=tree /app /app
USER 65532:65532
EXPOSE 8443 8080
# No HEALTHCHECK: Kubernetes ignores it and asks /healthz and /readyz itself, and there is no shell to ask with.
ENTRYPOINT ["/nodejs/bin/node", "/app/dist/main.js"]
CMD ["serve"]
